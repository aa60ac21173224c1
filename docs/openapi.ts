import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { openApiDocument } from '../src/notices-api/openapi.ts';

/** Writes docs/openapi.yaml from the operations themselves: `npm run docs:openapi`. */
export const openApiFile = join(import.meta.dirname, 'openapi.yaml');

export function openApiYaml(): string {
  return `# Made by npm run docs:openapi; do not edit.\n${stringify(openApiDocument(), { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

if (import.meta.main) writeFileSync(openApiFile, openApiYaml());
