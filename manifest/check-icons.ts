import type { AppFiles, Manifest, Problem } from './check.ts';
import { decodePng, type Picture } from './png.ts';

/** The rules of Teams for the two icons: size, a filled square, and a white drawing on nothing. */
export function checkIcons(files: AppFiles, icons: Manifest['icons']): readonly Problem[] {
  return [
    ...checkIcon(files, icons.color, 192, colorFlaw),
    ...checkIcon(files, icons.outline, 32, outlineFlaw),
  ];
}

function checkIcon(
  files: AppFiles,
  name: string,
  size: number,
  flaw: (picture: Picture) => string | null,
): readonly Problem[] {
  const bytes = files.get(name);
  if (bytes === undefined) return [{ where: name, expected: 'The package must contain this icon.' }];
  const picture = decodePng(bytes);
  if (picture === null) return [{ where: name, expected: 'The icon must be an 8-bit RGB or RGBA PNG.' }];
  if (picture.width !== size || picture.height !== size) {
    const came = `${picture.width}x${picture.height}`;
    return [{ where: name, expected: `The icon must be ${size}x${size} pixels, not ${came}.` }];
  }
  const expected = flaw(picture);
  return expected === null ? [] : [{ where: name, expected }];
}

/** Teams rounds the corners itself; a see-through ground looks different in each theme. */
function colorFlaw(picture: Picture): string | null {
  const solid = pixels(picture).every(([, , , alpha]) => alpha === 255);
  return solid ? null : 'The colour icon must have no transparent pixel.';
}

function outlineFlaw(picture: Picture): string | null {
  const all = pixels(picture);
  const drawn = all.filter(([, , , alpha]) => alpha > 0);
  if (drawn.length === 0) return 'The outline icon must show something.';
  if (drawn.some(([red, green, blue]) => red + green + blue !== 3 * 255)) {
    return 'The outline icon must be white where it is not transparent.';
  }
  // A filled square would show as a white block in the bar at the side.
  return drawn.length > all.length / 2 ? 'Most of the outline icon must be transparent.' : null;
}

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

function pixels({ rgba }: Picture): readonly Pixel[] {
  return Array.from({ length: rgba.length / 4 }, (_, index): Pixel => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(index * 4, index * 4 + 4);
    return [red, green, blue, alpha];
  });
}
