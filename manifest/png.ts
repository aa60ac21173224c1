import { inflateSync } from 'node:zlib';

/** A decoded picture; `rgba` has four bytes a pixel, row by row. */
export type Picture = { readonly width: number; readonly height: number; readonly rgba: Uint8Array };

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
const channelsOf: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

/** Decodes an 8-bit RGB or RGBA PNG that is not interlaced; null for anything else. */
export function decodePng(bytes: Uint8Array): Picture | null {
  const file = Buffer.from(bytes);
  if (!file.subarray(0, 8).equals(signature) || file.length < 33) return null;
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  const channels = channelsOf[file.readUInt8(25)];
  if (file.readUInt8(24) !== 8 || file.readUInt8(28) !== 0 || channels === undefined) return null;
  const rows = unfilter(inflateSync(imageData(file)), width * channels, height, channels);
  return { width, height, rgba: channels === 4 ? rows : addAlpha(rows) };
}

function imageData(file: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at + 8 <= file.length; ) {
    const length = file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(file.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return Buffer.concat(parts);
}

/** Undoes the filter of each row (PNG specification, third edition, section 9). */
function unfilter(packed: Buffer, stride: number, height: number, step: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = packed[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x >= step ? (out[at - step] ?? 0) : 0;
      const up = y > 0 ? (out[at - stride] ?? 0) : 0;
      const corner = x >= step && y > 0 ? (out[at - stride - step] ?? 0) : 0;
      out[at] = (packed[at + y + 1] ?? 0) + predict(filter, left, up, corner);
    }
  }
  return out;
}

function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter === 4) return paeth(left, up, corner);
  return 0;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function addAlpha(rgb: Uint8Array): Uint8Array {
  const rgba = new Uint8Array((rgb.length / 3) * 4).fill(255);
  for (let pixel = 0; pixel * 3 < rgb.length; pixel += 1) {
    rgba.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
  }
  return rgba;
}
