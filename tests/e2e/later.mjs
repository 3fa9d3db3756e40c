// Loaded into the server and its children when a test goes on days later: their clock is ahead by so many days.
const ahead = Number(process.env.JIANTAI_DAYS_LATER ?? '0') * 86_400_000;
const Real = Date;
globalThis.Date = class extends Real {
  constructor(...parts) {
    if (parts.length === 0) super(Real.now() + ahead);
    else super(...parts);
  }
  static now() {
    return Real.now() + ahead;
  }
};
