import { html } from 'diff2html';
import { ColorSchemeType } from 'diff2html/lib/types';
import { useMemo } from 'react';

import type { ChangedFile } from './github-types.ts';

/** What changed in each file, line by line. */
export function Diff({ files, dark }: { files: readonly ChangedFile[]; dark: boolean }) {
  const markup = useMemo(
    () =>
      html(files.map(unified).join(''), {
        outputFormat: 'line-by-line',
        drawFileList: files.length > 1,
        colorScheme: dark ? ColorSchemeType.DARK : ColorSchemeType.LIGHT,
      }),
    [files, dark],
  );
  if (files.length === 0) return <p className="empty">No file differs.</p>;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: diff2html escapes names and lines, and the page's policy forbids scripts
  return <div className="diff" dangerouslySetInnerHTML={{ __html: markup }} />;
}

/** A file's patch with the head that GitHub leaves out of it. */
function unified({ filename, previous_filename: previous = filename, status, patch }: ChangedFile): string {
  const before = status === 'added' ? '/dev/null' : `a/${previous}`;
  const after = status === 'removed' ? '/dev/null' : `b/${filename}`;
  const mode =
    status === 'added' ? 'new file mode 100644\n' : status === 'removed' ? 'deleted file mode 100644\n' : '';
  const rename = previous === filename ? '' : `rename from ${previous}\nrename to ${filename}\n`;
  const body = patch ? `--- ${before}\n+++ ${after}\n${patch}\n` : '';
  return `diff --git a/${previous} b/${filename}\n${mode}${rename}${body}`;
}
