declare const brand: unique symbol;

/**
 * A value of `T` that only a parser of this project may mint, so that two things of one shape cannot be confused.
 * Brands add up: a brand of a branded type is still assignable to that.
 */
export type Brand<T, Name extends string> = T & { readonly [brand]: { readonly [K in Name]: true } };
