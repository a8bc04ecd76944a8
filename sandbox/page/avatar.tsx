const colors = ['#2e7d6b', '#8e44ad', '#c0562f', '#2c6fbb', '#9c3d54', '#5b7a1e', '#7a5c2e'];

const colorOf = (name: string) =>
  colors[[...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % colors.length];

const initials = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');

/** A square with initials, or the app's kangaroo: an ornament, as the name stands beside it. */
export function Avatar({ name, isApp }: { readonly name: string; readonly isApp?: boolean }) {
  return (
    <span
      aria-hidden
      className="avatar"
      data-app={isApp === true}
      data-initials={isApp === true ? '🦘' : initials(name)}
      style={isApp === true ? {} : { background: colorOf(name) }}
    />
  );
}
