import type { Outcome, RuleOutcome } from '../../evidence/schema/envelope.ts';
import { Markup } from '../markup.ts';

function drawIcon(shape: string): Markup {
  return new Markup(`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${shape}</svg>`);
}

/** The shape of an outcome: told apart without colour. */
export const OUTCOME_ICON: Readonly<Record<RuleOutcome, Markup>> = {
  pass: drawIcon('<circle cx="8" cy="8" r="7.5"/><path d="M4.6 8.3l2.3 2.4 4.5-5"/>'),
  fail: drawIcon('<circle cx="8" cy="8" r="7.5"/><path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2"/>'),
  'cannot-measure': drawIcon(
    '<circle cx="8" cy="8" r="7.5"/><path d="M6 6.2c.2-2.6 4.2-2.4 4 .1-.1 1.5-2 1.5-2 3M8 11.9v.1"/>',
  ),
  'not-applicable': drawIcon('<circle cx="8" cy="8" r="7.5"/><path d="M5 8h6"/>'),
};

/** For what failed and does not block. */
export const TOLERATED_SHAPE = drawIcon('<path class="solid" d="M8 .8l7.6 14.4H.4z"/><path d="M8 6v4.2M8 12.4v.1"/>');

const POSTS = '<path d="M14 84V34M14 84h-8M14 84h8"/><circle class="dot" cx="14" cy="34" r="6"/>';

function drawGate(boom: string): Markup {
  return new Markup(
    `<svg class="gate" viewBox="0 0 112 90" width="112" height="90" aria-hidden="true">${POSTS}${boom}</svg>`,
  );
}

/** A level crossing's gate: open, closed, or with a boom that cannot be seen well. */
export const GATE: Readonly<Record<Outcome | 'none', Markup>> = {
  pass: drawGate('<path class="rest" d="M96 84V48"/><path class="boom" d="M14 34L66 5"/>'),
  fail: drawGate(
    '<path class="rest" d="M96 84V40"/><path class="boom" d="M14 34h90"/><path class="stripe" d="M34 34h12M58 34h12M82 34h12"/>',
  ),
  'cannot-measure': drawGate('<path class="rest" d="M96 84V40"/><path class="boom dashed" d="M14 34h90"/>'),
  none: drawGate('<path class="rest" d="M96 84V40"/>'),
};
