/** Words behind a verb, less a platform repository that leads them. */
export interface Words {
  /** `owner/name`, empty when none leads. Whether it is ours is for `chosenRepo` to say. */
  readonly named: string;
  readonly words: readonly string[];
}

/** Reads the words behind a verb. */
export function readWords(rest: string): Words {
  const words = rest
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const [first, ...others] = words;
  const leads = first !== undefined && /^[\w-]+\/[\w.-]+$/.test(first);
  return leads ? { named: first, words: others } : { named: '', words };
}

/** `12` or `#12`; undefined when it is no number of a change. */
export function readChangeNumber(word: string | undefined): number | undefined {
  const number = Number(/^#?([1-9][0-9]{0,8})$/.exec(word ?? '')?.[1]);
  return Number.isNaN(number) ? undefined : number;
}
