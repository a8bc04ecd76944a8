import { crc32 } from 'node:zlib';

// An animated PNG holds the pixels of ordinary ones, frame by frame (www.w3.org/TR/png-3, "fcTL" and "fdAT"): browsers and
// GitHub play it, others show its first frame.

/** One picture of an animation. */
export interface Frame {
  /** A PNG; all of an animation have the same size and kind of pixels. */
  readonly png: Buffer;
  readonly shownMs: number;
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

const SIGNATURE_BYTES = 8;
/** Length, type and checksum around a chunk's data. */
const FRAME_BYTES = 12;

function chunksOf(png: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE_BYTES; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    });
    at += length + FRAME_BYTES;
  }
  return chunks;
}

function written({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
}

const numbers = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => void bytes.writeUInt32BE(value, index * 4));
  return bytes;
};

/** How long a frame is shown, and where: over the whole picture, replacing what was there. */
function control(sequence: number, header: Buffer, shownMs: number): Chunk {
  const times = Buffer.alloc(6);
  times.writeUInt16BE(shownMs, 0);
  times.writeUInt16BE(1000, 2);
  const data = Buffer.concat([
    numbers(sequence, header.readUInt32BE(0), header.readUInt32BE(4), 0, 0),
    times,
  ]);
  return { type: 'fcTL', data };
}

/**
 * The frames as one animation, which plays for ever.
 * @throws Error where there is no frame, or one has another size or kind of pixels than the first.
 */
export function animatedPng(frames: readonly Frame[]): Buffer {
  const [first] = frames;
  if (first === undefined) throw new Error('an animation without frames');
  const head = (png: Buffer): Buffer =>
    chunksOf(png).find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(0);
  const header = head(first.png);
  let sequence = 0;
  const pictures = frames.flatMap(({ png, shownMs }, index): Chunk[] => {
    if (!head(png).equals(header)) throw new Error(`frame ${index} has another size than the first`);
    const pixels = chunksOf(png).filter(({ type }) => type === 'IDAT');
    const shown = control(sequence++, header, shownMs);
    return [
      shown,
      ...pixels.map(({ type, data }) =>
        index === 0 ? { type, data } : { type: 'fdAT', data: Buffer.concat([numbers(sequence++), data]) },
      ),
    ];
  });
  const chunks: readonly Chunk[] = [
    { type: 'IHDR', data: header },
    { type: 'acTL', data: numbers(frames.length, 0) },
    ...pictures,
    { type: 'IEND', data: Buffer.alloc(0) },
  ];
  return Buffer.concat([first.png.subarray(0, SIGNATURE_BYTES), ...chunks.map(written)]);
}
