declare const brand: unique symbol;

/** A value of `T` that only a parser of this project may mint, so that two things of one shape cannot be confused. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
