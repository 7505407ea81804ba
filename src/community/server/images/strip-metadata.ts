import type { Metadata, Sharp } from 'sharp';
import { imageText } from '#src/community/contract/images.text.ts';
import { AppError } from '#src/platform/server/errors.ts';

/** Pictures are rare beside pages: the first one loads what reads them, they get one thread, and nothing of them is kept in memory. */
async function loadSharp() {
  const { default: sharp } = await import('sharp');
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}

/** What a telephone takes at its best; decoded, it takes about three bytes a pixel. */
const pixelsAtMost = 50_000_000;

let last: Promise<unknown> = Promise.resolve();

/**
 * A picture without what its camera wrote into it: where it was taken, when, by whom, with what; what is upright stays
 * upright. One that says nothing keeps its bytes. Refuses what cannot be read as a picture, and one of more than 50
 * megapixels. One at a time, because each needs its pixels in memory.
 */
export function stripMetadata(bytes: Buffer): Promise<Buffer> {
  const mine = last.then(() => strip(bytes));
  last = mine.catch(() => {});
  return mine;
}

async function strip(bytes: Buffer): Promise<Buffer> {
  const sharp = await loadSharp();
  try {
    const open = (animated: boolean) => sharp(bytes, { limitInputPixels: pixelsAtMost, animated });
    const told = await open(false).metadata();
    if (told.width * told.height > pixelsAtMost) throw new Error('too many pixels');
    if (!saysMore(told)) return bytes;
    const isAnimated = (told.pages ?? 1) > 1;
    // Frames are never turned: no camera writes them.
    const upright = isAnimated ? open(true) : open(false).autoOrient();
    return await write(upright, told);
  } catch (cause) {
    throw new AppError('invalid', imageText.unreadable, { cause });
  }
}

const saysMore = ({ exif, xmp, iptc, comments, orientation = 1 }: Metadata) =>
  [exif, xmp, iptc].some((one) => one !== undefined) || (comments?.length ?? 0) > 0 || orientation !== 1;

/** In the format it came in; nothing but its pixels and their colours is taken over. */
function write(picture: Sharp, { format, isPalette }: Metadata): Promise<Buffer> {
  switch (format) {
    case 'jpeg':
      return picture.jpeg({ quality: 90 }).toBuffer();
    case 'webp':
      return picture.webp({ quality: 90 }).toBuffer();
    case 'gif':
      return picture.gif().toBuffer();
    default:
      return picture.png({ palette: isPalette === true }).toBuffer();
  }
}
