/*
 * Words with a full stop that end no sentence, in English, German, French and Spanish. Capitals matter: "No. 5" is a
 * number, and "no." may be an answer.
 */

/** What a name, an example or an explanation follows. */
export const leadingAbbreviations: ReadonlySet<string> = new Set(
  words(`
    Dr. Drs. Mr. Mrs. Ms. Mx. Messrs. Prof. Rev. Fr. Hon. St. Mt. Ft. Gen. Lt. Col. Maj. Capt. Cmdr. Cpl. Sgt. Adm. Brig.
    Gov. Sen. Rep. Reps. Sens. Pres. Supt. Det. Insp. Amb. Asst. Atty. vs. Vs. cf. Cf. e.g. E.g. i.e. I.e. viz. approx. ca. Ca. c.
    al. ed. eds. trans. esp. incl.
    Hr. Hrn. Fr. Frl. Dipl. Ing. Hl. z.B. Z.B. d.h. D.h. u.a. U.a. u.U. z.T. i.d.R. o.ä. s.o. s.u. v.a. bzw. Bzw. vgl. Vgl. evtl. Evtl. ggf.
    Ggf. sog. insb. bspw. Bspw. inkl. Inkl. exkl. zzgl. max. Max. min. Min. Mio. Mrd. geb. gest. ehem. Abs. Kap. Bd. Anm. Str.
    M. MM. Mme. Mlle. Mgr. Me. p.ex. c.-à-d. env. éd. Cie.
    Sr. Sra. Srta. Sres. D. Dña. Dra. Lic. Ing. Arq. Gral. Ud. Uds. Vd. Vds. p.ej. P.ej. pág. págs. núm. núms. aprox. avda.
  `),
);

/** What ends a sentence or stands within one. */
export const closingAbbreviations: ReadonlySet<string> = new Set(
  words(`
    etc. Etc. Inc. Ltd. Corp. Co. Bros. Jr. Sr. Esq. Dept. Univ. usw. Usw. u.s.w. ff. f. dgl. Ges. St. Nr. EE.UU. a.m. p.m.
    Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec. Okt. Dez. Mon. Tue. Tues. Wed. Thu. Thur. Thurs. Fri. Sat. Sun.
    janv. févr. juil. sept. oct. nov. déc. ene. abr. ago. dic.
  `),
);

/** What a number follows, or else a new sentence. */
export const countingAbbreviations: ReadonlySet<string> = new Set(
  words(
    'No. Nos. no. nos. Nr. Nrn. Art. Fig. Figs. Tab. Abb. S. p. pp. P. Pp. vol. Vol. Sec. sec. Ch. n°. N°. Núm. § Ziff. Rn.',
  ),
);

/** German and Nordic days: "am 3. März". */
export const months: ReadonlySet<string> = new Set(
  words(
    'Januar Jänner Februar Feber März April Mai Juni Juli August September Oktober November Dezember Jahrhundert Jh Jhd',
  ),
);

/** Words that begin a sentence and no name: articles of names such as Le Carré and Los Angeles are not among them. */
export const openers: ReadonlySet<string> = new Set(
  words(`
    The A An This That These Those He She It They We You I His Her Its Their Our My There Here But And Or So Yet If When While Then
    In On At By For From With After Before As To Of Not No What Who How Why Where However Meanwhile Still
    Der Die Das Ein Eine Er Sie Es Wir Ihr Ich Dies Diese Dieser Und Aber Oder Doch Wenn Als Da Dann Im Am Auf Mit Nach Vor Bei Zum Zur
    Une Il Elle Ils Elles On Nous Vous Je Ce Cette Ces Mais Et Ou Donc Quand Dans En Au Aux Pour Avec
    Una Unos Unas Ella Ellos Ellas Nosotros Yo Esto Este Esta Pero Cuando Con Por Para Su Sus
  `),
);

function words(list: string): string[] {
  return list.split(/\s+/).filter((word) => word !== '');
}
