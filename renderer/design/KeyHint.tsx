// The key that does the same as the button it stands on.
export function KeyHint({ keys }: { keys: string }) {
  return (
    <kbd className="jt-key" aria-hidden="true">
      {keys}
    </kbd>
  );
}
