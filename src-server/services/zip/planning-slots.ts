import { Failure } from '../../domain/failure.ts';

/** Who asks for an archive: people who signed in, or the visitors of a link. They have slots of their own. */
export type ZipAsker = 'people' | 'links';

/** Archives planned at the same time: of all askers of a kind, and of one session or link. */
const LIMITS: Readonly<Record<ZipAsker, { readonly all: number; readonly each: number }>> = {
  people: { all: 3, each: 2 },
  links: { all: 2, each: 1 },
};

/** Bounds the planning of archives, so that whoever asks for much holds up none but themselves. */
export class PlanningSlots {
  readonly #taken: { readonly asker: ZipAsker; readonly holder: string }[] = [];

  /**
   * Takes a slot and returns what gives it back.
   *
   * @param holder the session or link
   * @throws Failure SlowDown where it, or its kind, has none left
   */
  take(asker: ZipAsker, holder: string): () => void {
    const alike = this.#taken.filter((slot) => slot.asker === asker);
    const own = alike.filter((slot) => slot.holder === holder);
    const { all, each } = LIMITS[asker];
    if (alike.length >= all || own.length >= each) throw new Failure('SlowDown');
    const slot = { asker, holder };
    this.#taken.push(slot);
    return () => {
      const at = this.#taken.indexOf(slot);
      if (at >= 0) this.#taken.splice(at, 1);
    };
  }
}
