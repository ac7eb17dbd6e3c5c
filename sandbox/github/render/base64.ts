/** GitHub breaks base64 after 60 characters. */
export function inLines(base64: string): string {
  return base64.replace(/.{60}/g, '$&\n').replace(/([^\n])$/, '$1\n');
}
