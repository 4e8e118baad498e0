import type { Pixels } from '#media/shared/pixels';
import { contours } from './contours';

/** The white phase as one path on black; one unit is one pixel. */
export function svgOf(image: Pixels): string {
  const { width, height } = image;
  const path = contours(image).map((polygon) => `M${pairs(polygon)}Z`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<rect width="${width}" height="${height}" fill="#000"/>
<path fill="#fff" fill-rule="evenodd" d="${path}"/>
</svg>
`;
}

function pairs(polygon: readonly number[]): string {
  return polygon.reduce((text, value, i) => `${text}${i === 0 ? '' : i % 2 === 0 ? 'L' : ' '}${value}`, '');
}
