import { Avatar } from '../lib/avatar.tsx';
import { shortTime } from '../lib/time.ts';
import type { Comment, FullPull, Review } from './github-types.ts';
import { Markdown } from './markdown.tsx';
import { MergeBox } from './merge-box.tsx';
import { ReplyForm } from './reply-form.tsx';
import { useGitHubData } from './use-github.ts';

interface Entry {
  readonly key: string;
  readonly login: string;
  readonly at: string;
  readonly deed: string;
  readonly state?: string;
  readonly body: string;
}

const DEEDS: Readonly<Record<string, string>> = {
  APPROVED: 'approved these changes',
  CHANGES_REQUESTED: 'asked for changes',
  COMMENTED: 'reviewed',
  DISMISSED: 'reviewed (dismissed)',
};

/** What has been said on a pull request, and what can be done with it. */
export function Conversation({ pull }: { pull: FullPull }) {
  const comments = useGitHubData<readonly Comment[]>(`/issues/${pull.number}/comments?per_page=100`);
  const reviews = useGitHubData<readonly Review[]>(`/pulls/${pull.number}/reviews?per_page=100`);
  const entries = [
    description(pull),
    ...(comments.data ?? []).map(ofComment),
    ...(reviews.data ?? []).flatMap(ofReview),
  ];
  entries.sort((a, b) => a.at.localeCompare(b.at));
  const waiting = [
    ...(pull.requested_reviewers ?? []).map(({ login }) => `@${login}`),
    ...(pull.requested_teams ?? []).map(({ slug }) => `@${slug}`),
  ];
  const error = comments.error ?? reviews.error;
  return (
    <div className="conversation">
      {entries.map((entry) => (
        <EntryCard key={entry.key} entry={entry} />
      ))}
      {error && <p className="problem">{error}</p>}
      {waiting.length > 0 && pull.state === 'open' && (
        <p className="muted">Waiting for a review by {waiting.join(', ')}.</p>
      )}
      <MergeBox pull={pull} />
      <ReplyForm pull={pull} />
    </div>
  );
}

function EntryCard({ entry }: { entry: Entry }) {
  return (
    <section
      className="entry"
      data-entry={entry.key}
      data-review={entry.state}
      aria-label={`${entry.login} ${entry.deed}`}
    >
      <Avatar name={entry.login} size={28} />
      <div className="card grow">
        <p className="card-head">
          <strong>{entry.login}</strong> {entry.deed} <time>{shortTime(new Date(entry.at))}</time>
        </p>
        {entry.body && <Markdown text={entry.body} />}
      </div>
    </section>
  );
}

function description(pull: FullPull): Entry {
  return {
    key: 'description',
    login: pull.user?.login ?? 'somebody',
    at: pull.created_at,
    deed: 'opened this',
    body: pull.body || '*No description.*',
  };
}

function ofComment({ id, user, created_at: at, body }: Comment): Entry {
  return { key: `comment-${id}`, login: user?.login ?? 'somebody', at, deed: 'wrote', body: body ?? '' };
}

function ofReview({ id, user, submitted_at: at, state, body }: Review): readonly Entry[] {
  if (!at) return [];
  const deed = DEEDS[state] ?? state.toLowerCase();
  return [{ key: `review-${id}`, login: user?.login ?? 'somebody', at, deed, state, body }];
}
