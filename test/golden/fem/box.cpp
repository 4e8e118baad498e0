// Compression and heating of pixel images between rollers, by supernodal sparse Cholesky (CHOLMOD).
// Independent of the project's own solver: general sparse assembly, METIS ordering, constants from the
// three-dimensional Lame constants, elements by Gauss quadrature, one factorization a load case, and
// iterative refinement with residuals in extended precision.
//
// Standard input: a line "plane-stress" or "plane-strain"; two lines "E nu alpha", white then black;
// the resolution; the number of images; each image as a string of 0 and 1, row 0 at the top.
// Standard output, a line an image: Ex Ey nu_xy nu_yx alpha_x alpha_y.
//
// "box compression" and "box heating" are for benchmarks: everything in double precision, no refinement,
// the test's load cases alone, one symbolic analysis for all images; each line ends with the image's
// milliseconds without that analysis, and numbers that the test does not give are 0.
#include <suitesparse/cholmod.h>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

typedef long double Extended;
template <typename Number>
struct Element {
  Number stiffness[8][8];
  Number thermal[8];
};

template <typename Number>
static Element<Number> element_of(Extended young, Extended poisson, Extended alpha, bool plane_stress) {
  Extended lambda = young * poisson / ((1 + poisson) * (1 - 2 * poisson)), mu = young / (2 * (1 + poisson));
  Extended hot = (3 * lambda + 2 * mu) * alpha;
  if (plane_stress) {
    // The stress across the plane vanishes: eliminate the strain across.
    hot *= 2 * mu / (lambda + 2 * mu);
    lambda *= 2 * mu / (lambda + 2 * mu);
  }
  const Extended D[3][3] = {{lambda + 2 * mu, lambda, 0}, {lambda, lambda + 2 * mu, 0}, {0, 0, mu}};
  const Extended beta[3] = {hot, hot, 0};
  const int node_x[4] = {0, 1, 1, 0}, node_y[4] = {0, 0, 1, 1};
  Element<Number> e = {};
  for (int g = 0; g < 4; g++) {
    Extended offset = 1 / (2 * std::sqrt((Extended)3));
    Extended x = 0.5L + (g & 1 ? offset : -offset), y = 0.5L + (g & 2 ? offset : -offset);
    Extended B[3][8] = {};
    for (int a = 0; a < 4; a++) {
      Extended fx = node_x[a] ? x : 1 - x, fy = node_y[a] ? y : 1 - y;
      Extended dx = node_x[a] ? fy : -fy, dy = node_y[a] ? fx : -fx;
      B[0][2 * a] = B[2][2 * a + 1] = dx;
      B[1][2 * a + 1] = B[2][2 * a] = dy;
    }
    for (int r = 0; r < 8; r++)
      for (int p = 0; p < 3; p++) {
        e.thermal[r] += 0.25L * B[p][r] * beta[p];
        for (int q = 0; q < 3; q++)
          for (int c = 0; c < 8; c++) e.stiffness[r][c] += 0.25L * B[p][r] * D[p][q] * B[q][c];
      }
  }
  return e;
}

enum Load { along_x, along_y, heating };

template <typename Number>
class Box {
 public:
  Box(int n, const std::string& picture, const Element<Number>& white, const Element<Number>& black) : n(n) {
    for (int row = 0; row < n; row++)
      for (int column = 0; column < n; column++)
        elements.push_back(picture[(n - 1 - row) * n + column] == '1' ? &white : &black);
  }

  // Displacements in pixels; the moved edge goes by one pixel, the temperature rises by 1 K. The factor
  // carries the symbolic analysis from image to image; it is made where it is null.
  std::vector<Number> solve(Load load, int solutions, cholmod_factor*& factor, cholmod_common* common) {
    int total = 2 * (n + 1) * (n + 1), free_count = 0;
    std::vector<int> number(total);
    std::vector<Number> u(total, 0);
    for (int node = 0; node < total / 2; node++) {
      int x = node % (n + 1), y = node / (n + 1);
      bool moved_x = load == along_x && x == n, moved_y = load == along_y && y == n;
      number[2 * node] = x == 0 || moved_x ? -1 : free_count++;
      number[2 * node + 1] = y == 0 || moved_y ? -1 : free_count++;
      if (moved_x) u[2 * node] = -1;
      if (moved_y) u[2 * node + 1] = -1;
    }
    cholmod_triplet* triplet = cholmod_allocate_triplet(free_count, free_count, (size_t)n * n * 36, 1, CHOLMOD_REAL, common);
    size_t entries = 0;
    for (int e = 0; e < n * n; e++) {
      std::array<int, 8> d = unknowns(e);
      for (int r = 0; r < 8; r++)
        for (int c = 0; c < 8; c++)
          if (number[d[r]] >= 0 && number[d[c]] >= number[d[r]]) {
            ((int*)triplet->i)[entries] = number[d[r]];
            ((int*)triplet->j)[entries] = number[d[c]];
            ((double*)triplet->x)[entries++] = elements[e]->stiffness[r][c];
          }
    }
    triplet->nnz = entries;
    cholmod_sparse* matrix = cholmod_triplet_to_sparse(triplet, entries, common);
    if (!factor) factor = cholmod_analyze(matrix, common);
    cholmod_factorize(matrix, factor, common);
    cholmod_dense* right = cholmod_zeros(free_count, 1, CHOLMOD_REAL, common);
    for (int step = 0; step < solutions; step++) {
      std::vector<Number> unbalanced(total, 0);
      for (int e = 0; e < n * n; e++) {
        std::array<int, 8> d = unknowns(e);
        for (int r = 0; r < 8; r++) {
          Number force = load == heating ? elements[e]->thermal[r] : 0;
          for (int c = 0; c < 8; c++) force -= elements[e]->stiffness[r][c] * u[d[c]];
          unbalanced[d[r]] += force;
        }
      }
      for (int i = 0; i < total; i++)
        if (number[i] >= 0) ((double*)right->x)[number[i]] = unbalanced[i];
      cholmod_dense* correction = cholmod_solve(CHOLMOD_A, factor, right, common);
      for (int i = 0; i < total; i++)
        if (number[i] >= 0) u[i] += ((double*)correction->x)[number[i]];
      cholmod_free_dense(&correction, common);
    }
    cholmod_free_dense(&right, common);
    cholmod_free_sparse(&matrix, common);
    cholmod_free_triplet(&triplet, common);
    return u;
  }

  Number twice_energy(const std::vector<Number>& u) const {
    Number sum = 0;
    for (int e = 0; e < n * n; e++) {
      std::array<int, 8> d = unknowns(e);
      for (int r = 0; r < 8; r++)
        for (int c = 0; c < 8; c++) sum += u[d[r]] * elements[e]->stiffness[r][c] * u[d[c]];
    }
    return sum;
  }

  Number mean_right(const std::vector<Number>& u) const {
    Number sum = 0;
    for (int k = 0; k < n; k++) sum += (u[2 * (k * (n + 1) + n)] + u[2 * ((k + 1) * (n + 1) + n)]) / 2;
    return sum / n;
  }

  Number mean_top(const std::vector<Number>& u) const {
    Number sum = 0;
    for (int k = 0; k < n; k++) sum += (u[2 * (n * (n + 1) + k) + 1] + u[2 * (n * (n + 1) + k + 1) + 1]) / 2;
    return sum / n;
  }

 private:
  std::array<int, 8> unknowns(int e) const {
    int first = e / n * (n + 1) + e % n;
    const int nodes[4] = {first, first + 1, first + n + 2, first + n + 1};
    std::array<int, 8> d;
    for (int a = 0; a < 8; a++) d[a] = 2 * nodes[a / 2] + a % 2;
    return d;
  }
  int n;
  std::vector<const Element<Number>*> elements;
};

template <typename Number>
static void test_images(const std::string& test, int solutions) {
  std::string plane, picture;
  std::cin >> plane;
  Extended c[2][3];
  for (auto& material : c)
    for (auto& value : material) std::cin >> value;
  Element<Number> white = element_of<Number>(c[0][0], c[0][1], c[0][2], plane == "plane-stress");
  Element<Number> black = element_of<Number>(c[1][0], c[1][1], c[1][2], plane == "plane-stress");
  int n, count;
  std::cin >> n >> count;
  cholmod_common common;
  cholmod_start(&common);
  common.supernodal = CHOLMOD_SUPERNODAL;
  common.nmethods = 1;
  common.method[0].ordering = CHOLMOD_METIS;
  cholmod_factor* factors[3] = {};
  while (count-- && std::cin >> picture) {
    auto start = std::chrono::steady_clock::now();
    Box<Number> box(n, picture, white, black);
    Extended result[6] = {};
    auto solved = [&](Load load) { return box.solve(load, solutions, factors[load], &common); };
    if (test != "heating") {
      std::vector<Number> x = solved(along_x), y = solved(along_y);
      result[0] = box.twice_energy(x), result[1] = box.twice_energy(y);
      result[2] = box.mean_top(x), result[3] = box.mean_right(y);
    }
    if (test != "compression") {
      std::vector<Number> hot = solved(heating);
      result[4] = box.mean_right(hot) / n, result[5] = box.mean_top(hot) / n;
    }
    for (int i = 0; i < 6; i++) std::printf("%.14Lg%c", result[i], i == 5 && test.empty() ? '\n' : ' ');
    std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
    if (!test.empty()) std::printf("%.4f\n", time.count());
    std::fflush(stdout);
  }
  for (auto& factor : factors) cholmod_free_factor(&factor, &common);
  cholmod_finish(&common);
}

int main(int count, char** words) {
  if (count == 1) test_images<Extended>("", 5);
  else test_images<double>(words[1], 1);
}
