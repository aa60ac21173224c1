import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import type { AppFiles } from './check.ts';
import { fillPlaceholders, type ManifestValues } from './settings.ts';

const folder = new URL('./', import.meta.url);

/** Reads the files of the app package from this folder and fills the manifest's placeholders. */
export function readAppFiles(values: ManifestValues): AppFiles {
  const template = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8'));
  const manifest = fillPlaceholders(values.HELPDESK_CHANNEL ? readingChannel(template) : template, values);
  const languages = namedLanguageFiles(manifest);
  const others = ['color.png', 'outline.png', ...languages];
  return new Map([
    ['manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)] as const,
    ...others.map((name) => [name, readFileSync(new URL(name, folder))] as const),
  ]);
}

/**
 * Resource-specific consent to read the helpdesk's channel, so that agents can answer in a thread without a
 * mention. Whoever adds the app to the team agrees to it; without a channel nobody is asked.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-messages-with-rsc
 */
function readingChannel(template: object): object {
  return {
    ...template,
    webApplicationInfo: { id: '{{MICROSOFT_APP_ID}}', resource: 'https://RscPermission' },
    authorization: {
      permissions: { resourceSpecific: [{ name: 'ChannelMessage.Read.Group', type: 'Application' }] },
    },
  };
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
