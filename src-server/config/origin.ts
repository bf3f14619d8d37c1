/** Where a value came from. Everything but `stored` and `default` is pinned: the console shows it and cannot change it. */
export type Origin =
  | { readonly kind: 'option'; readonly name: string }
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'stored'; readonly name: string }
  | { readonly kind: 'default'; readonly name: string };
