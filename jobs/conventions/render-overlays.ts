import type { OverlayToRender, RenderedOverlay } from '../../src/domain/effects/overlays-to-render.ts';
import type { OverlayRenderer } from './convention-ports.ts';

/** A pull request that touches more overlays than these is told of the others as not rendered. */
const MOST_OVERLAYS = 20;

type Files = ReadonlyMap<string, string>;

/** The files of both sides of an overlay. */
export function filesOf({
  before,
  after,
}: OverlayToRender): readonly { readonly path: string; readonly oid: string }[] {
  return [before, after].flatMap((files) => [...(files ?? [])].map(([path, oid]) => ({ path, oid })));
}

/**
 * Renders overlays one after the other. One of which a side cannot be rendered is left out as a whole: half of it would
 * look like objects that come or go.
 *
 * @param texts blob id -> text.
 */
export async function renderOverlays(
  renderer: OverlayRenderer,
  overlays: readonly OverlayToRender[],
  texts: Files,
): Promise<ReadonlyMap<string, RenderedOverlay>> {
  const rendered = new Map<string, RenderedOverlay>();
  for (const { folder, before, after } of overlays.slice(0, MOST_OVERLAYS)) {
    const was = await renderSide(renderer, folder, before, texts);
    const will = was.kind === 'failed' ? was : await renderSide(renderer, folder, after, texts);
    if (was.kind === 'failed' || will.kind === 'failed') continue;
    rendered.set(folder, { before: was.text, after: will.text });
  }
  return rendered;
}

type Side = { readonly kind: 'rendered'; readonly text: string | undefined } | { readonly kind: 'failed' };

async function renderSide(
  renderer: OverlayRenderer,
  folder: string,
  oids: Files | undefined,
  texts: Files,
): Promise<Side> {
  if (oids === undefined) return { kind: 'rendered', text: undefined };
  const files = new Map<string, string>();
  for (const [path, oid] of oids) {
    const text = texts.get(oid);
    if (text === undefined) return { kind: 'failed' };
    files.set(path, text);
  }
  const text = await renderer.render(folder, files);
  return text === undefined ? { kind: 'failed' } : { kind: 'rendered', text };
}
