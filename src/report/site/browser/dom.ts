/**
 * As much of the browser's document as the script of a page uses. The types of Node are in force everywhere here, and those
 * of the browser would contradict them.
 */
export interface PageEvent {
  readonly clientX: number;
}

export interface PageElement {
  textContent: string | null;
  value: string;
  checked: boolean;
  hidden: boolean;
  className: string;
  type: string;
  scope: string;
  readonly dataset: Record<string, string | undefined>;
  readonly children: ArrayLike<PageElement>;
  append(...nodes: (PageElement | string)[]): void;
  replaceChildren(...nodes: (PageElement | string)[]): void;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): ArrayLike<PageElement>;
  closest(selector: string): PageElement | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { left: number; width: number };
  addEventListener(type: string, listen: (event: PageEvent) => void): void;
}

export interface PageDocument {
  getElementById(id: string): PageElement | null;
  querySelectorAll(selector: string): ArrayLike<PageElement>;
  createElement(name: string): PageElement;
  createElementNS(namespace: string, name: string): PageElement;
}

/** The window of the page. */
export interface PageWindow {
  readonly document: PageDocument;
  readonly location: { readonly hash: string };
  readonly history: { replaceState(data: null, title: string, address: string): void };
  addEventListener(type: string, listen: () => void): void;
}
