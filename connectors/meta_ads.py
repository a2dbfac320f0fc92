"""Meta Ads Manager: a table of campaigns, ad sets or ads, by day or over its reporting period.

The currency stands in the header of the amount. An empty cell is zero here. Numbers have a decimal point in every
language. Results mean nothing without their indicator, so they are kept under both; reach counts people, and stays
under its own name. A row without a campaign, the summary of some reports, is told as a problem.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from connectors.base import N_, Column, Connector, Record, Source, Table, TableSpec
from connectors.campaigns import DERIVED, accounts, by_day, find_priced, money, name, read_ads
from connectors.cells import DECIMAL, TEXT
from connectors.dates import DATE
from connectors.periods import Period
from connectors.rows import records
from data.model import Finding, Problem, says

# fmt: off
DAYS = ("Day", "Jour", "Dia", "Día", "Tag", "Giorno")
DAY = Column("day", DAYS, DATE, required=True, aside=True)
PERIOD = (
    Column("first", ("Reporting starts", "Début des rapports", "Início dos relatórios", "Inicio del informe",
                     "Inizio dei report", "Berichtsstart"), DATE, required=True, aside=True),
    Column("last", ("Reporting ends", "Fin des rapports", "Término dos relatórios", "Fin del informe",
                    "Fine dei report", "Berichtsende"), DATE, required=True, aside=True),
)
FIGURES = (
    Column("campaign", ("Campaign name", "Nom de la campagne", "Nome da campanha", "Nombre de la campaña",
                        "Kampagnenname", "Nome della campagna"), TEXT, required=True),
    money("cost", "Amount spent", "Montant dépensé", "Valor usado", "Valor gasto", "Importe gastado",
          "Ausgegebener Betrag", "Importo speso", required=True, may_be_empty=True, empty=0),
    Column("currency", ("Currency", "Devise", "Moeda", "Divisa", "Moneda", "Währung", "Valuta"), TEXT),
    Column("impressions", ("Impressions", "Impressões", "Impresiones", "Impressionen", "Impression", "Impressioni"),
           empty=0),
    Column("clicks", ("Link clicks", "Clics sur le lien", "Clics sur un lien", "Cliques no link",
                      "Clics en el enlace", "Link-Klicks", "Clic sul link"), empty=0),
    money("conversions", "Purchases", "Achats", "Compras", "Käufe", "Acquisti", empty=0),
    money("conversion_value", "Purchases conversion value", "Purchase conversion value",
          "Valeur de conversion des achats", "Valor de conversão de compras", "Valor de conversión de compras",
          empty=0),
    Column("results", ("Results", "Résultats", "Resultados", "Ergebnisse", "Risultati"), DECIMAL, aside=True),
    name("indicator", "Result indicator", "Result type", "Indicateur de résultats", "Type de résultat",
         "Indicador de resultados", "Indicador de resultado", "Indicatore di risultato", "Indicatore dei risultati"),
    name("account", "Account name", "Nom du compte", "Nome da conta", "Nombre de la cuenta", "Kontoname",
         "Nome dell'account"),
    name("set", "Ad set name", "Nom de l'ensemble de publicités", "Nome do conjunto de anúncios",
         "Nombre del conjunto de anuncios", "Name der Anzeigengruppe", "Anzeigengruppenname",
         "Nome del gruppo di inserzioni"),
    name("ad", "Ad name", "Nom de la publicité", "Nome do anúncio", "Nombre del anuncio", "Anzeigenname",
         "Nome dell'inserzione"),
)
# fmt: on


def read(table: Table, source: Source) -> Iterator[Finding]:
    """One statement a row; its results stand under their indicator."""
    if "results" in table.positions and "indicator" not in table.positions:
        printed = table.header("results")
        expected = says("beside it the indicator of what is counted; results without one are left aside")
        yield Problem(expected, printed, table.sheet.name, table.header_row, printed)
    rows = (with_results(row, table) if isinstance(row, Record) else row for row in records(table, source))
    yield from read_ads(table, source, rows, days_of, ("set", "ad"))


def with_results(row: Record, table: Table) -> Record:
    """A row with its results under their own name, which says what they are."""
    count, counted = row.aside.get("results"), row.aside.get("indicator")
    if count is None or counted is None:
        return row
    return replace(row, others={**row.others, f"{table.header('results')} ({counted})": float(count)})


def days_of(row: Record) -> Period:
    """The day of a row, or its reporting period."""
    return by_day(row) if "day" in row.aside else (row.aside["first"].date(), row.aside["last"].date())


CONNECTOR = Connector(
    key="meta_ads",
    networks=("meta_ads",),
    title=N_("Meta Ads Manager: campaigns"),
    where=N_("adsmanager.facebook.com, Breakdown, By time, Day, then Reports, Export table data, CSV."),
    tables=(
        TableSpec("ads", (DAY, *FIGURES), read, ignores=DERIVED, daily=True),
        TableSpec("ads", (*PERIOD, *FIGURES), read, refuses=DAYS, ignores=DERIVED, daily=True),
    ),
    find=find_priced,
    accounts=accounts("meta_ads"),
    seen=("pt",),
    described=("en", "fr", "es", "de", "it"),
    lacks=N_("The number of conversions other than purchases: results count something else in each campaign."),
)
