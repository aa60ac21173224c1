import { deflateSync } from 'node:zlib';

export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/** A square RGBA PNG whose rows all use one filter; its checksums are left empty. */
export function paint(size: number, color: (x: number, y: number) => Rgba, filter = 0): Buffer {
  const raw = Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_, x) => color(x, y)).flat(),
  );
  const rows = raw.map((row, y) => [filter, ...row.map((byte, at) => byte - predicted(raw, filter, y, at))]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const data = deflateSync(Uint8Array.from(rows.flat()));
  const start = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([start, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function predicted(raw: readonly number[][], filter: number, y: number, at: number): number {
  const left = raw[y]?.[at - 4] ?? 0;
  const up = raw[y - 1]?.[at] ?? 0;
  const corner = raw[y - 1]?.[at - 4] ?? 0;
  const nearest = [left, up, corner].toSorted(
    (a, b) => Math.abs(left + up - corner - a) - Math.abs(left + up - corner - b),
  );
  return [0, left, up, Math.floor((left + up) / 2), nearest[0] ?? 0][filter] ?? 0;
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
}
