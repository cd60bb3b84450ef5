import type { Config } from '../config/schema/modelgate.ts';
import { sortChanges } from '../data/changes/shifts.ts';
import type { RuleChange } from '../evidence/schema/verdict.ts';
import { compareControlLists } from './changes/controls.ts';
import { compareData } from './changes/data.ts';
import { compareRuleLists } from './changes/rules.ts';
import { compareSettings } from './changes/settings.ts';
import { compareStages } from './changes/stages.ts';

/**
 * What a modelgate.yml says otherwise than another about how a model is judged, what lowers the bar first. How the
 * candidate is trained and run is no part of it. A rule that is loosened in one way and tightened in another has an entry
 * for each. Without `before` everything that the file asks for is added.
 */
export function compareRules(before: Config | undefined, after: Config): RuleChange[] {
  const origin: Config = before ?? { version: 1, model: after.model };
  const changes = [
    ...compareRuleLists(origin, after),
    ...compareControlLists(origin, after),
    ...compareData(origin, after),
    ...compareSettings(origin, after),
    ...compareStages(origin, after),
  ];
  if (before !== undefined) return sortChanges(changes);
  return changes.map((change) => ({ ...change, change: 'added', before: null }));
}
