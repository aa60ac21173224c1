import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import type { AppFiles } from './check.ts';
import { fillPlaceholders, type ManifestValues } from './settings.ts';

const folder = new URL('./', import.meta.url);

/** Reads the files of the app package from this folder and fills the manifest's placeholders. */
export function readAppFiles(values: ManifestValues): AppFiles {
  const manifest = fillPlaceholders(
    JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')),
    values,
  );
  const languages = namedLanguageFiles(manifest);
  const others = ['color.png', 'outline.png', ...languages];
  return new Map([
    ['manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)] as const,
    ...others.map((name) => [name, readFileSync(new URL(name, folder))] as const),
  ]);
}

function namedLanguageFiles(manifest: unknown): readonly string[] {
  const { localizationInfo } = manifest as {
    localizationInfo?: { additionalLanguages?: readonly { file: string }[] };
  };
  return (localizationInfo?.additionalLanguages ?? []).map(({ file }) => file);
}

/** The package that Teams takes. The same files give the same bytes, so that two builds can be compared. */
export function zipApp(files: AppFiles): Uint8Array {
  return zipSync(Object.fromEntries(files), { level: 9, mtime: new Date(2026, 0, 1) });
}
