interface Node {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  children?: Node[];
}

const NUMBER = /(?<![\w#/&])#(\d+)\b/;

/** Makes links of what GitHub makes links of, in text that is none yet: `#12` leads to the pull request. */
export function linkNumbers() {
  return linkWithin;
}

function linkWithin(node: Node): void {
  if (node.type === 'link' || node.children === undefined) return;
  node.children = node.children.flatMap((child) => {
    if (child.type === 'text') return linked(child.value ?? '');
    linkWithin(child);
    return [child];
  });
}

/** Every second part is a number, since the expression holds one group. */
function linked(text: string): readonly Node[] {
  return text.split(NUMBER).flatMap((part, index): readonly Node[] => {
    const isNumber = index % 2 === 1;
    if (isNumber) {
      return [{ type: 'link', url: `#/pull/${part}`, children: [{ type: 'text', value: `#${part}` }] }];
    }
    return part === '' ? [] : [{ type: 'text', value: part }];
  });
}
