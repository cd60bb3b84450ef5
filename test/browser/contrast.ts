/**
 * Runs in the page: the contrast of every text with what lies behind it, after WCAG 2.2 “contrast ratio”. Returns the
 * texts under 4.5, or under 3 where they are large (24 px, or 18.66 px and bold).
 */
export const FIND_WEAK_TEXTS = `(() => {
  const parse = (colour) => {
    const parts = colour.match(/[\\d.]+/g).map(Number);
    return { rgb: parts.slice(0, 3), alpha: parts[3] ?? 1 };
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((one) => {
      const share = one / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const blend = (top, alpha, bottom) => top.map((one, index) => one * alpha + bottom[index] * (1 - alpha));
  const backdrop = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) layers.push(parse(getComputedStyle(one).backgroundColor));
    return layers.reduceRight((below, { rgb, alpha }) => blend(rgb, alpha, below), [255, 255, 255]);
  };
  const underCell = (element, below) => {
    const group = element.closest('svg .mark-text.role-mark');
    if (!group) return below;
    const cell = element.closest('svg').querySelectorAll('.mark-rect path')[[...group.children].indexOf(element)];
    const style = getComputedStyle(cell);
    return blend(parse(style.fill).rgb, Number(style.fillOpacity), below);
  };
  const weak = [];
  let count = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const ink = parse(element.namespaceURI.endsWith('svg') ? style.fill : style.color);
    const behind = underCell(element, backdrop(element));
    const [a, b] = [luminance(blend(ink.rgb, ink.alpha, behind)), luminance(behind)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    count += 1;
    if (ratio < (large ? 3 : 4.5)) weak.push(ratio.toFixed(2) + ' ' + node.data.trim().slice(0, 40));
  }
  return { count, weak };
})()`;
