import type { PackedModel } from '../packed.ts';
import { chooseVersions } from './comparing.ts';
import type { PageWindow } from './dom.ts';
import { readPoints } from './reading.ts';
import { sortAndFilter } from './sorting.ts';

/** What runs in the page of a model. Without it everything is there but sorting, filtering, and any two versions. */
const page = globalThis as unknown as PageWindow;
const model = JSON.parse(page.document.getElementById('data')?.textContent ?? '{}') as PackedModel;
sortAndFilter(page.document);
readPoints(page.document, model);
chooseVersions(page, model);
