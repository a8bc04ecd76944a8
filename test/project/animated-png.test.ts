import { crc32, deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { animatedPng } from '../../scripts/animated-png.ts';

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([word(data.length), body, word(crc32(body))]);
};
const signature = Buffer.from('89504e470d0a1a0a', 'hex');
const grey = Buffer.from([8, 0, 0, 0, 0]);

/** A grey square of so many pixels, as a PNG. */
const square = (side: number, shade: number): Buffer => {
  const row = Buffer.from([0, ...Array.from({ length: side }, () => shade)]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)));
  const header = Buffer.concat([word(side), word(side), grey]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

function chunksOf(
  png: Buffer,
): readonly { readonly type: string; readonly data: Buffer; readonly isWhole: boolean }[] {
  const chunks = [];
  for (let at = 8; at < png.length; ) {
    const end = at + 8 + png.readUInt32BE(at);
    const isWhole = crc32(png.subarray(at + 4, end)) === png.readUInt32BE(end);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, end), isWhole });
    at = end + 4;
  }
  return chunks;
}

it('makes one animation of several pictures, each shown for its time', () => {
  const made = animatedPng([
    { png: square(2, 0), shownMs: 700 },
    { png: square(2, 255), shownMs: 1500 },
  ]);
  const chunks = chunksOf(made);
  expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'acTL', 'fcTL', 'IDAT', 'fcTL', 'fdAT', 'IEND']);
  expect(chunks.every(({ isWhole }) => isWhole)).toBe(true);
  const controls = chunks.filter(({ type }) => type === 'fcTL').map(({ data }) => data.readUInt16BE(20));
  expect(controls).toEqual([700, 1500]);
  expect(made.subarray(0, 8)).toEqual(signature);
});

it('refuses pictures of several sizes, and none', () => {
  const frames = [1, 2].map((side) => ({ png: square(side, 0), shownMs: 1 }));
  expect(() => animatedPng(frames)).toThrow('frame 1 has another size');
  expect(() => animatedPng([])).toThrow('without frames');
});
