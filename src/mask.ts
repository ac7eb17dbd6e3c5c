const MASK = '[secret]';

/** Shapes of credentials that need not be ours: Slack's, GitHub's, PEM keys, passwords in URLs, bearer tokens. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*KEY-----[\s\S]*?(?:-----END [A-Z ]*KEY-----|$)/g, MASK],
  [/\bx(?:ox[a-z]|app)-[\w-]{6,}/g, MASK],
  [/\bgh[a-z]_\w{16,}|\bgithub_pat_\w{16,}/g, MASK],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+/g, MASK],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+@/g, `$1${MASK}@`],
  [/\b(bearer|token)(\s+)[\w.~+/-]{16,}=*/gi, `$1$2${MASK}`],
];

export type Mask = (text: string) => string;

/**
 * Gives a function that blots out the configured secrets, in the forms in which they can turn up in a log line (as
 * they are, JSON-escaped, URL-encoded, in Base64), and whatever looks like a credential.
 *
 * @param secrets values to hide; those shorter than 6 characters are left out, as they would blot out ordinary text.
 */
export function maskSecrets(secrets: readonly string[]): Mask {
  const forms = new Set(secrets.filter((secret) => secret.length >= 6).flatMap(formsOf));
  const longestFirst = [...forms].sort((a, b) => b.length - a.length).map(escapePattern);
  const known = longestFirst.length > 0 ? new RegExp(longestFirst.join('|'), 'g') : undefined;
  return (text) => {
    const withoutKnown = known === undefined ? text : text.replace(known, MASK);
    return shapes.reduce((masked, [shape, by]) => masked.replace(shape, by), withoutKnown);
  };
}

function formsOf(secret: string): readonly string[] {
  const lines = secret.includes('\n')
    ? secret.split('\n').filter((line) => line.length >= 16 && !line.startsWith('---'))
    : [];
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    ...lines,
  ];
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
