/** Computes a value when it is first asked for, and keeps it: a promise that rejects, too. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
