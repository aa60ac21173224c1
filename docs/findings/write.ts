import { mkdirSync, writeFileSync } from 'node:fs';
import { findingPages } from './pages.ts';

const folder = new URL('./', import.meta.url);
mkdirSync(folder, { recursive: true });
const pages = findingPages();
for (const [file, text] of pages) writeFileSync(new URL(file, folder), text);
console.log(`${pages.size} pages written to docs/findings`);
