/** The layers that spans and relations are written to. */
export const spanLayer = 'webanno.custom.Span';
export const relationLayer = 'webanno.custom.Relation';
