import type { RichTextElement } from '@slack/types';
import { link, type TextStyle, words } from '../rich-text.ts';

/** Slack takes 3,000; what is longer than this is not meant for people. */
const longestUrl = 1000;

/** An address of the web as it is called in full; undefined for anything else, such as `javascript:`. */
export function webAddress(url: string): string | undefined {
  if (url.length > longestUrl || !URL.canParse(url)) return undefined;
  const { protocol, username, password, href } = new URL(url);
  const isWeb = (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
  return isWeb && href.length <= longestUrl
    ? href.replace(/[<>()]/g, (sign) => encodeURIComponent(sign).replace('(', '%28').replace(')', '%29'))
    : undefined;
}

/** A link where the address is one of the web, else its text alone. A text that names another address gives way to it. */
export function safeLink(url: string, text: string, style: TextStyle = {}): RichTextElement {
  const address = webAddress(url);
  if (address === undefined) return words(text, style);
  return link(address, namesOther(text, address) ? address : text, style);
}

// A bare name counts with a well-known ending or a path only: `v0.0.2` and `config.yaml` are no addresses.
const addressLike =
  /(?:https?:\/\/|\bwww\.)[^\s/?#]+|^[a-z0-9-]+(?:\.[a-z0-9-]+){0,5}(?:\.(?:com|org|net|io|dev)$|\.[a-z]{2,20}(?=\/))/gi;

/** Whether a text reads as an address that is not the one that the link goes to. */
function namesOther(text: string, address: string): boolean {
  const { host } = new URL(address);
  const named = text.matchAll(addressLike);
  return named.some(([name]) => hostOf(name) !== host.replace(/^www\./, ''));
}

function hostOf(name: string): string {
  const url = /^https?:/i.test(name) ? name : `http://${name}`;
  return URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : name;
}
