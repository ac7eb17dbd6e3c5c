import { useStored } from '../lib/stored.ts';

/** Which messages a person has seen, by channel; kept in the browser. */
export function useReadMarks(person: string): {
  isUnread(channel: string, latest: string | undefined): boolean;
  markRead(channel: string, latest: string | undefined): void;
} {
  const [marks, setMarks] = useStored<Readonly<Record<string, string>>>(`read-${person}`, {}, 'browser');
  return {
    isUnread: (channel, latest) => latest !== undefined && latest > (marks[channel] ?? ''),
    markRead: (channel, latest) => {
      if (latest !== undefined && latest > (marks[channel] ?? '')) setMarks({ ...marks, [channel]: latest });
    },
  };
}
