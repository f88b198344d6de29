/** Formats are kept by what they are made of: making one takes some hundred times as long as using it. */
function kept<Options, Format>(make: (locale: string, options?: Options) => Format) {
  const made = new Map<string, Format>();
  return (locale: string, options?: Options): Format => {
    const key = `${locale} ${JSON.stringify(options)}`;
    const format = made.get(key) ?? make(locale, options);
    made.set(key, format);
    return format;
  };
}

/** `new Intl.DateTimeFormat`, made once. */
export const dateFormat = kept(
  (locale, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);
/** `new Intl.NumberFormat`, made once. */
export const numberFormat = kept(
  (locale, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
);
/** `new Intl.PluralRules`, made once. */
export const pluralRules = kept((locale) => new Intl.PluralRules(locale));
