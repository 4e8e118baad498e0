/*
 * Says what libpng makes of PNG files: for each path in the arguments one line, "refused MESSAGE" or
 * "read WARNINGS HEX", where HEX are the pixels as RGBA of 16 bits each.
 */
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

static int warnings;
static char message[256];

static void on_error(png_structp png, png_const_charp text) {
  snprintf(message, sizeof message, "%s", text);
  longjmp(png_jmpbuf(png), 1);
}

static void on_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
  warnings++;
}

int main(int count, char **paths) {
  for (int i = 1; i < count; i++) {
    FILE *volatile file = fopen(paths[i], "rb");
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
    png_infop info = png_create_info_struct(png);
    png_bytep *volatile rows = NULL;
    warnings = 0;
    if (setjmp(png_jmpbuf(png))) {
      printf("refused %s\n", message);
    } else {
      png_init_io(png, file);
      png_read_info(png, info);
      png_set_expand_16(png);
      png_set_gray_to_rgb(png);
      png_set_add_alpha(png, 0xffff, PNG_FILLER_AFTER);
      png_set_interlace_handling(png);
      png_read_update_info(png, info);
      png_uint_32 height = png_get_image_height(png, info);
      size_t bytes = png_get_rowbytes(png, info);
      rows = calloc(height, sizeof *rows);
      for (png_uint_32 row = 0; row < height; row++) rows[row] = calloc(bytes, 1);
      png_read_image(png, rows);
      png_read_end(png, info);
      printf("read %d ", warnings);
      for (png_uint_32 row = 0; row < height; row++) {
        for (size_t byte = 0; byte < bytes; byte++) printf("%02x", rows[row][byte]);
        free(rows[row]);
      }
      printf("\n");
    }
    free(rows);
    png_destroy_read_struct(&png, &info, NULL);
    fclose(file);
  }
  return 0;
}
