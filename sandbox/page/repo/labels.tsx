export function Labels({ labels }: { labels: readonly { readonly name: string; readonly color: string }[] }) {
  return labels.map(({ name, color }) => (
    <span key={name} className="label" style={{ borderColor: `#${color}` }}>
      {name}
    </span>
  ));
}
