import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
/** What a page of a repository should weigh at most. */
const limitBytes = 400_000;

/** Has a picture of the documentation taken. Rejects where it is too big to show on a page. */
export async function takeForDocs(name: string, take: (path: string) => Promise<void>): Promise<void> {
  const path = join(folder, `${name}.png`);
  await take(path);
  const { size } = await stat(path);
  if (size > limitBytes) throw new Error(`${path} has ${size} bytes; ${limitBytes} are the limit.`);
  console.log(`${path} ${Math.round(size / 1000)} kB`);
}
