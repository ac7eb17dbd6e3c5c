import { withoutBulk } from './without-bulk.ts';

const [TAB, LINE, RETURN, SPACE] = [0x09, 0x0a, 0x0d, 0x20];
const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [CURLY, CURLY_END, SQUARE, SQUARE_END] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Where in the list the next byte is, outside of any value. */
type Place = 'before' | 'list' | 'items' | 'after';

export interface ListHandlers {
  /** One object of the list without its bulk, as JSON. */
  item(text: string): void;
  /** The list's own metadata, as JSON. */
  metadata(text: string): void;
}

/**
 * Cuts a list of Kubernetes into its objects while it arrives. A page is megabytes, of which a hundredth is kept: read
 * as a whole it stays in memory until V8 clears up thoroughly, for it takes large texts for what is going to last.
 */
export class ListScanner {
  readonly #handlers: ListHandlers;
  #place: Place = 'before';
  #key = '';
  #isKeyNext = false;
  /** Whether a value is under way, and how deep in it the next byte is. */
  #isInside = false;
  #depth = 0;
  #inText = false;
  #isEscaped = false;
  /** Of the value under way, what came in earlier pieces. */
  #earlier: Buffer[] = [];

  constructor(handlers: ListHandlers) {
    this.#handlers = handlers;
  }

  /** @throws SyntaxError where this is no list. */
  push(piece: Buffer): void {
    let at = 0;
    while (at < piece.length) {
      const from = at;
      if (!this.#isInside) at = this.#between(piece, at);
      if (!this.#isInside) continue;
      at = this.#endOfValue(piece, at);
      if (this.#isInside) this.#earlier.push(piece.subarray(from, at));
      else this.#close(piece.subarray(from, at));
    }
  }

  /** @throws SyntaxError when the list has not ended. */
  end(): void {
    if (this.#place !== 'after') throw new SyntaxError('the list ends too early');
  }

  /** Reads one byte between values, or stays at it where it begins one. */
  #between(piece: Buffer, at: number): number {
    const byte = piece[at];
    if (byte === SPACE || byte === LINE || byte === RETURN || byte === TAB) return at + 1;
    const isValue = byte === CURLY || (this.#place === 'list' && (byte === QUOTE || byte === SQUARE));
    if (this.#place === 'before' && byte === CURLY) {
      this.#place = 'list';
      this.#isKeyNext = true;
    } else if (this.#place === 'list' && byte === SQUARE && this.#key === 'items') {
      this.#place = 'items';
    } else if (this.#place === 'items' && byte === SQUARE_END) {
      this.#place = 'list';
    } else if (isValue && this.#place !== 'before' && this.#place !== 'after') {
      this.#isInside = true;
      return at;
    } else this.#pass(byte);
    return at + 1;
  }

  /** What separates values, and plain ones, such as `null`, of the list itself. */
  #pass(byte: number | undefined): void {
    if (this.#place === 'list') {
      if (byte === COMMA) this.#isKeyNext = true;
      else if (byte === CURLY_END) this.#place = 'after';
      else if (byte !== COLON && this.#isKeyNext) throw new SyntaxError('the list has no key here');
    } else if (this.#place !== 'items' || byte !== COMMA) throw new SyntaxError('this is no list');
  }

  /** Reads on until the value under way ends; it has not if that is the end of the piece. */
  #endOfValue(piece: Buffer, from: number): number {
    let depth = this.#depth;
    let inText = this.#inText;
    let at = from;
    if (this.#isEscaped) at += 1;
    let isOpen = true;
    for (; isOpen && at < piece.length; at += 1) {
      const byte = piece[at];
      if (inText) {
        if (byte === BACKSLASH) at += 1;
        else if (byte === QUOTE) {
          inText = false;
          isOpen = depth > 0;
        }
      } else if (byte === QUOTE) inText = true;
      else if (byte === CURLY || byte === SQUARE) depth += 1;
      else if (byte === CURLY_END || byte === SQUARE_END) {
        depth -= 1;
        isOpen = depth > 0;
      }
    }
    this.#isEscaped = at > piece.length;
    this.#depth = depth;
    this.#inText = inText;
    this.#isInside = isOpen;
    return Math.min(at, piece.length);
  }

  #close(last: Buffer): void {
    if (this.#place === 'items') this.#handlers.item(withoutBulk(this.#whole(last)).toString('utf8'));
    else if (this.#isKeyNext) {
      this.#key = String(JSON.parse(this.#whole(last).toString('utf8')));
      this.#isKeyNext = false;
    } else if (this.#key === 'metadata') this.#handlers.metadata(this.#whole(last).toString('utf8'));
    this.#earlier = [];
  }

  #whole(last: Buffer): Buffer {
    return this.#earlier.length === 0 ? last : Buffer.concat([...this.#earlier, last]);
  }
}
