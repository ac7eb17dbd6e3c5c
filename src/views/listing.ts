/** `a`, `a and b`, `a, b and c`. */
export function listing(names: readonly string[], last: 'and' | 'or' = 'and'): string {
  if (names.length <= 1) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`;
}

/** The first names, and how many more there are. */
export function someOf(names: readonly string[], most: number): string {
  if (names.length <= most) return listing(names);
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

/** Paths as a person reads them: each folder once, its files below it, in the order given. */
export function fileTree(paths: readonly string[]): string {
  const folders = Map.groupBy(paths, (path) => path.slice(0, path.lastIndexOf('/') + 1));
  return [...folders]
    .map(([folder, files]) => {
      const names = files.map((file) => file.slice(folder.length));
      const drawn = names.map((name, index) => `${index === names.length - 1 ? '└── ' : '├── '}${name}`);
      return [folder, ...drawn].join('\n');
    })
    .join('\n');
}

/** The folders that files stand in, each once. */
export function foldersOf(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))))];
}
