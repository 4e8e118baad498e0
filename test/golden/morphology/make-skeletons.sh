#!/bin/sh
# Makes all goldens of this folder. Needs NumPy, scikit-image and OpenCV with its contrib modules.
# Made with scikit-image 0.19.3 and OpenCV 4.6.0.  Usage: sh make-skeletons.sh PATH-OF-THIN-WITH-OPENCV
set -e
cd "$(dirname "$0")"
mkdir -p images skeletons
python3 make-images.py images
for image in spinodal network particles fibers shapes; do
  for boundary in open periodic; do
    "$1" zhang-suen $boundary < images/$image.txt > skeletons/$image-zhang-suen-$boundary.txt
    python3 thin-with-skimage.py thin $boundary < images/$image.txt > skeletons/$image-guo-hall-$boundary.txt
  done
done
