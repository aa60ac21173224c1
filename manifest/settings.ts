/** What the manifest's `{{NAME}}` placeholders are filled with. */
export type ManifestValues = Readonly<Record<string, string>>;

export type ManifestSettings =
  | { readonly kind: 'upload'; readonly values: ManifestValues }
  | { readonly kind: 'dry-run'; readonly values: ManifestValues }
  | { readonly kind: 'incomplete'; readonly missing: readonly string[] };

/** What an organisation must say of itself before Teams accepts the app; `.env.example` explains each. */
const required = [
  'MICROSOFT_APP_ID',
  'PUBLIC_URL',
  'ORGANISATION_NAME',
  'TEAMS_WEBSITE_URL',
  'TEAMS_PRIVACY_URL',
  'TEAMS_TERMS_URL',
] as const;

const examples: ManifestValues = {
  MICROSOFT_APP_ID: '00000000-0000-0000-0000-000000000000',
  PUBLIC_URL: 'https://handshake.example.com',
  ORGANISATION_NAME: 'Example organisation',
  TEAMS_WEBSITE_URL: 'https://www.example.com',
  TEAMS_PRIVACY_URL: 'https://www.example.com/privacy',
  TEAMS_TERMS_URL: 'https://www.example.com/terms',
};

/**
 * Reads the settings from the environment. Without an app id it is a dry run with example values;
 * with one, a missing setting is an error, because an example must never reach a tenant.
 */
export function readManifestSettings(
  env: Readonly<Record<string, string | undefined>>,
  version: string,
): ManifestSettings {
  if (!env.MICROSOFT_APP_ID) return { kind: 'dry-run', values: complete({ ...examples }, version) };
  const missing = required.filter((name) => !env[name]);
  if (missing.length > 0) return { kind: 'incomplete', missing };
  const given = Object.fromEntries(required.map((name) => [name, env[name] ?? '']));
  if (env.TEAMS_APP_ID) given.TEAMS_APP_ID = env.TEAMS_APP_ID;
  if (env.HELPDESK_CHANNEL) given.HELPDESK_CHANNEL = env.HELPDESK_CHANNEL;
  return { kind: 'upload', values: complete(given, version) };
}

function complete(values: ManifestValues, version: string): ManifestValues {
  const url = values.PUBLIC_URL ?? '';
  return {
    TEAMS_APP_ID: values.MICROSOFT_APP_ID ?? '',
    ...values,
    // A PUBLIC_URL that is no URL stays visible, for the check of validDomains to name it.
    PUBLIC_HOST: URL.canParse(url) ? new URL(url).hostname : url,
    VERSION: version,
  };
}

/** Fills every `{{NAME}}` inside the strings of a parsed template; an unknown name stays as it is. */
export function fillPlaceholders(template: unknown, values: ManifestValues): unknown {
  if (typeof template === 'string') {
    return template.replace(/\{\{([A-Z_]+)\}\}/g, (whole, name: string) => values[name] ?? whole);
  }
  if (Array.isArray(template)) return template.map((item) => fillPlaceholders(item, values));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => [key, fillPlaceholders(value, values)]),
  );
}
