/** An encoding that a text may be in which does not say so. */
export interface Encoding {
  /** A label of the Encoding Standard. */
  readonly label: string;
  readonly name: string;
}

/** The commoner ones first, as they come first where nothing else tells them apart. */
export const encodings: readonly Encoding[] = [
  ['windows-1252', 'Western European'],
  ['windows-1251', 'Cyrillic'],
  ['windows-1250', 'Central European'],
  ['windows-1254', 'Turkish'],
  ['windows-1253', 'Greek'],
  ['windows-1255', 'Hebrew'],
  ['windows-1256', 'Arabic'],
  ['windows-1257', 'Baltic'],
  ['windows-1258', 'Vietnamese'],
  ['shift_jis', 'Japanese'],
  ['gb18030', 'Simplified Chinese'],
  ['big5', 'Traditional Chinese'],
  ['euc-kr', 'Korean'],
  ['euc-jp', 'Japanese'],
  ['iso-8859-15', 'Western European with the euro sign'],
  ['iso-8859-2', 'Central European'],
  ['iso-8859-5', 'Cyrillic'],
  ['iso-8859-7', 'Greek'],
  ['iso-8859-8', 'Hebrew'],
  ['koi8-r', 'Russian'],
  ['koi8-u', 'Ukrainian'],
  ['utf-16le', 'Unicode in two bytes'],
  ['utf-16be', 'Unicode in two bytes, the bigger first'],
].map(([label, name]) => ({ label: label!, name: `${name} (${label!.replace('utf', 'UTF')})` }));

/** Letters and marks that are common where they occur at all; a wrong encoding mostly shows rare ones. */
const common = new Set([
  ...'éèêàâçîôûäöüßáíóúñãõåøæœ«»¿¡°§£€„“”‘’–—…·',
  ...'ąęćłńśźżěščřžýůďťňőűăâîșțşţđğıİāēīūķļģņčšž',
  ...'оеаинтсрвлкмдпуяыьгзбчйхжшюіїєОПСВНКМ«»№',
  ...'αοιετσνηυρπκμλςάέήίόύώ',
  ...'יולהמרתבאשנדקעחכםפן',
  ...'اليمنترهوبدعفسقكحةأ',
  ...'のにはをたがでとしてるなこいれさりらもっすまかきンスルトーイア、。「」',
  ...'的一是不了在人有我他这這个個们們来來到时時大地为為子中你说說生国國年着就那和要她出也得里後后自以会會家可下而过過天去能对對小多然于於心学學么之都好看起发發当當没沒成只如事把还還用第样樣道想作种種开開美',
  ...'이다는에의을를가은고하지로기도한사서어나자리아대인시해그정부일수',
]);

const mostLikely = 3;

/**
 * How much a text looks like one: the mean over the characters that are not ASCII and the control characters. Letters and
 * marks that are common in the languages of their script count 3, other letters 1, other characters 0, what no text has
 * −8, and ASCII alone is as likely as can be. A Latin letter with an accent between two more of them counts 0, as words of nothing else are rare,
 * and a letter in one word with Latin ones, such as Greek among Turkish ones, -1.
 */
export function likelihood(text: string): number {
  let [sum, count] = [0, 0];
  const characters = [...text];
  for (const [index, character] of characters.entries()) {
    if (character >= ' ' ? character < '\x7f' : /[\t\n\r\f]/.test(character)) continue;
    count++;
    sum += worth(character, characters[index - 1], characters[index + 1]);
  }
  return count === 0 ? mostLikely : sum / count;
}

function worth(character: string, before = ' ', after = ' '): number {
  if (/[\p{Cc}\p{Cn}\p{Co}\p{Cs}\ufffd]/u.test(character)) return -8;
  if (
    /[\p{sc=Cyrl}\p{sc=Grek}\p{sc=Hebr}\p{sc=Arab}]/u.test(character) &&
    /\p{sc=Latn}/u.test(before + after)
  )
    return -1;
  if (isAccented(character) && isAccented(before) && isAccented(after)) return 0;
  if (common.has(character)) return mostLikely;
  return /\p{L}/u.test(character) ? 1 : 0;
}

function isAccented(character: string): boolean {
  return character > '\x7f' && /\p{Script=Latin}/u.test(character);
}
