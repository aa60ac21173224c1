import { crc32, deflateSync } from 'node:zlib';
import encodeQR from 'qr';

/** Dots of the picture for each module of the code: big enough to be seen by a phone's camera. */
const scale = 4;
/** The light frame that readers need (ISO/IEC 18004); it is part of the picture, so that a dark card keeps it. */
const border = 4;

/**
 * The text as a QR code in a data URI of about 0.7 KB. A picture by address would be fetched by the channel's own
 * servers, which must not see the code that the address holds, and cannot reach a bot that runs on loopback.
 */
export function qrPicture(text: string): string {
  return `data:image/png;base64,${toPng(encodeQR(text, 'raw', { ecc: 'medium', border })).toString('base64')}`;
}

/** A black and white PNG of one bit a dot; `true` is dark. */
function toPng(modules: readonly (readonly boolean[])[]): Buffer {
  const size = modules.length * scale;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.writeUInt8(1, 8);
  const rows = modules.flatMap((row) => Array<Buffer>(scale).fill(toRow(row, size)));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    toChunk('IHDR', header),
    toChunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    toChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A row's filter byte, which is 0 for none, and its dots, eight a byte; a set bit is light. */
function toRow(row: readonly boolean[], size: number): Buffer {
  const packed = Buffer.alloc(1 + Math.ceil(size / 8));
  for (let dot = 0; dot < size; dot += 1) {
    const isLight = row[Math.floor(dot / scale)] !== true;
    if (isLight) packed[1 + (dot >> 3)] = (packed[1 + (dot >> 3)] ?? 0) | (0x80 >> (dot & 7));
  }
  return packed;
}

function toChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}
