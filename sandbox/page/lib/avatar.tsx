/** A person's initials on a colour that is always the same for that person. */
export function Avatar({ id, name, size = 36 }: { id: string; name: string; size?: number }) {
  const initials = name
    .replace(/\(.*\)/, '')
    .split(/[\s-]+/)
    .filter((word) => word !== '')
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase())
    .join('');
  let hue = 0;
  for (const character of id) hue = (hue * 31 + (character.codePointAt(0) ?? 0)) % 360;
  const style = { width: size, height: size, fontSize: size * 0.4, background: `hsl(${hue} 45% 38%)` };
  return (
    <span className="avatar" style={style} aria-hidden="true">
      {initials}
    </span>
  );
}
