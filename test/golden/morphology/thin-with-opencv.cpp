// Thins text images of '#' and '.' with OpenCV's ximgproc module, for comparison with src/engine/morphology/thin.
//
// Build: g++ -O2 thin-with-opencv.cpp -o thin-with-opencv $(pkg-config --cflags opencv4) -lopencv_core -lopencv_ximgproc
// Use:   thin-with-opencv zhang-suen|guo-hall open|periodic < image.txt > skeleton.txt
//
// Periodic images are tiled 3 x 3 and the middle is kept: the tiles around it are wider than thinning reaches.
#include <iostream>
#include <opencv2/core.hpp>
#include <opencv2/ximgproc.hpp>
#include <string>
#include <vector>

int main(int, char** argv) {
  std::vector<std::string> lines;
  for (std::string line; std::getline(std::cin, line);) lines.push_back(line);
  const int height = lines.size(), width = lines[0].size();
  const bool periodic = std::string(argv[2]) == "periodic";
  const int tiles = periodic ? 3 : 1;
  // OpenCV leaves the outermost pixels alone, so the picture gets a black frame.
  cv::Mat image = cv::Mat::zeros(tiles * height + 4, tiles * width + 4, CV_8UC1), skeleton;
  for (int r = 0; r < tiles * height; r++)
    for (int c = 0; c < tiles * width; c++) image.at<uchar>(r + 2, c + 2) = lines[r % height][c % width] == '#' ? 255 : 0;
  cv::ximgproc::thinning(image, skeleton, std::string(argv[1]) == "zhang-suen" ? cv::ximgproc::THINNING_ZHANGSUEN : cv::ximgproc::THINNING_GUOHALL);
  const int top = 2 + (periodic ? height : 0), left = 2 + (periodic ? width : 0);
  for (int r = 0; r < height; r++) {
    for (int c = 0; c < width; c++) std::cout << (skeleton.at<uchar>(top + r, left + c) ? '#' : '.');
    std::cout << '\n';
  }
}
