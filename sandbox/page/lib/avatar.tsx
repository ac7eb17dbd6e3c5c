const HUES = [172, 265, 205, 330, 28, 145, 235, 300, 5, 85] as const;

/** A person's initials on a colour that is always the same for that person; the bot has its own sign. */
export function Avatar({ name, size = 36 }: { name: string; size?: number }) {
  const initials = name
    .replace(/\(.*\)/, '')
    .split(/[\s-]+/)
    .filter((word) => word !== '')
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase())
    .join('');
  if (/^trunkline\b/i.test(name)) {
    return <img className="avatar" src="/icon.svg" alt="" width={size} height={size} />;
  }
  let sum = 0;
  for (const character of initials) sum = sum * 7 + (character.codePointAt(0) ?? 0);
  const hue = HUES[sum % HUES.length] ?? 0;
  const style = { width: size, height: size, fontSize: size * 0.4, background: `hsl(${hue} 45% 38%)` };
  return (
    <span className="avatar" style={style} aria-hidden="true">
      {initials}
    </span>
  );
}
