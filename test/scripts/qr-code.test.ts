import assert from 'node:assert/strict';
import { crc32, inflateSync } from 'node:zlib';
import decodeQR from 'qr/decode.js';
import { qrPicture } from '../../src/scripts/qr-code.ts';

describe('the QR code of an address', () => {
  const url = 'https://helpdesk-bot.contoso.example/handshake/r/CDFG2345';
  const picture = qrPicture(url);
  const png = Buffer.from(picture.slice('data:image/png;base64,'.length), 'base64');

  it('is read back as the same address', () => {
    assert.equal(decodeQR(toRgba(png)), url);
  });

  it('is read back from a dark card, too, since its light frame belongs to the picture', () => {
    const { width, height, data } = toRgba(png);
    const darkSide = width + 80;
    const dark = Buffer.alloc(darkSide * darkSide * 4, 0x20);
    for (let y = 0; y < height; y += 1) {
      data.copy(dark, ((y + 40) * darkSide + 40) * 4, y * width * 4, (y + 1) * width * 4);
    }
    assert.equal(decodeQR({ width: darkSide, height: darkSide, data: dark }), url);
  });

  it('is a picture in itself, and small beside the 28 KB of a card', () => {
    assert.match(picture, /^data:image\/png;base64,[\w+/]+=*$/);
    assert.ok(picture.length < 1_500, `${picture.length}`);
  });

  it('is a PNG whose checksums are right', () => {
    for (let at = 8; at < png.length; ) {
      const length = png.readUInt32BE(at);
      const body = png.subarray(at + 4, at + 8 + length);
      assert.equal(png.readUInt32BE(at + 8 + length), crc32(body));
      at += length + 12;
    }
  });
});

/** The dots of a PNG of one bit a dot whose rows have no filter. */
function toRgba(png: Buffer) {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const packed = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
  const stride = Math.ceil(width / 8) + 1;
  const data = Buffer.alloc(width * height * 4, 255);
  for (let dot = 0; dot < width * height; dot += 1) {
    const [x, y] = [dot % width, Math.floor(dot / width)];
    const isLight = ((packed[y * stride + 1 + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
    data.fill(isLight ? 255 : 0, dot * 4, dot * 4 + 3);
  }
  return { width, height, data };
}
