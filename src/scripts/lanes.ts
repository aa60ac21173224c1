import type { Os } from '../domain/os.ts';
import { pasteCommand, type Script, type ScriptCatalogue, scriptFor } from './catalogue.ts';
