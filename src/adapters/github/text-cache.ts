/** Texts of blobs by their id, the ones used last within a number of bytes. Null: the blob holds no text. */
export interface TextCache {
  get(oid: string): string | null | undefined;
  put(oid: string, text: string | null): void;
}

/** What an entry takes besides its text, roughly, in bytes. */
const OVERHEAD = 200;

export function createTextCache(maximumBytes: number): TextCache {
  const texts = new Map<string, string | null>();
  let bytes = 0;
  const sizeOf = (text: string | null) => OVERHEAD + Buffer.byteLength(text ?? '');
  const drop = (oid: string, text: string | null) => {
    texts.delete(oid);
    bytes -= sizeOf(text);
  };
  return {
    get(oid) {
      const text = texts.get(oid);
      if (text === undefined) return undefined;
      // A Map keeps the order of insertion, so the first one is the one not used for longest.
      texts.delete(oid);
      texts.set(oid, text);
      return text;
    },
    put(oid, text) {
      const old = texts.get(oid);
      if (old !== undefined) drop(oid, old);
      texts.set(oid, text);
      bytes += sizeOf(text);
      for (const [each, its] of texts) {
        if (bytes <= maximumBytes) break;
        drop(each, its);
      }
    },
  };
}
