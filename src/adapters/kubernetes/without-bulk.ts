const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [CURLY, CURLY_END, SQUARE, SQUARE_END] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Keys below which most of an object stands and nothing that is kept, wherever in it they are. */
const BULK = ['managedFields', 'inventory', 'history'].map((key) => Buffer.from(`"${key}":`));
const NOTHING = Buffer.from('null');

/**
 * An object's JSON with `null` instead of its bulk, so that it need not be parsed to be thrown away. Within a text a
 * quote is always escaped, so that what looks like one of the keys with its colon is one.
 */
export function withoutBulk(json: Buffer): Buffer {
  const cuts = BULK.flatMap((key) => cutsOf(json, key)).sort((one, other) => one.from - other.from);
  if (cuts.length === 0) return json;
  const parts: Buffer[] = [];
  let at = 0;
  for (const { from, to } of cuts) {
    // One may stand within another.
    if (from < at) continue;
    parts.push(json.subarray(at, from), NOTHING);
    at = to;
  }
  return Buffer.concat([...parts, json.subarray(at)]);
}

interface Cut {
  readonly from: number;
  readonly to: number;
}

function cutsOf(json: Buffer, key: Buffer): readonly Cut[] {
  const cuts: Cut[] = [];
  for (let at = json.indexOf(key); at >= 0; ) {
    const from = at + key.length;
    const to = endOfNested(json, from);
    if (to > from) cuts.push({ from, to });
    at = json.indexOf(key, to);
  }
  return cuts;
}

/** Where the object or list ends that begins here; here, when none does or it does not end. */
function endOfNested(json: Buffer, from: number): number {
  let depth = 0;
  let inText = false;
  for (let at = from; at < json.length; at += 1) {
    const byte = json[at];
    if (inText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === CURLY || byte === SQUARE) depth += 1;
    else if (byte === CURLY_END || byte === SQUARE_END) depth -= 1;
    else if (depth === 0) return from;
    else if (byte === QUOTE) inText = true;
    if (depth === 0 && !inText) return at + 1;
  }
  return from;
}
