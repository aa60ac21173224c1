import assert from 'node:assert/strict';
import { decodePng } from '../../manifest/png.ts';
import { paint, type Rgba } from './paint-png.ts';

describe('a PNG', () => {
  it('is decoded under each of the five row filters', () => {
    for (const filter of [0, 1, 2, 3, 4]) {
      const picture = decodePng(paint(5, gradient, filter));
      assert.deepEqual(Array.from(picture?.rgba.subarray(-4) ?? []), [...gradient(4, 4)], `filter ${filter}`);
      assert.deepEqual(Array.from(picture?.rgba.subarray(24, 28) ?? []), [...gradient(1, 1)]);
    }
  });

  it('of another kind than 8-bit colour is refused, not misread', () => {
    const grey = paint(4, gradient);
    grey[25] = 0;
    assert.equal(decodePng(grey), null);
  });
});

function gradient(x: number, y: number): Rgba {
  return [(x * 50 + y) % 256, (y * 60 + 7) % 256, (x * y * 31) % 256, 255 - x - y];
}
